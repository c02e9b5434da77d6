"""The words that invented listings are made of. Nothing here is anybody's."""


def listed(text, between=None):
    """The words of a text as a list: easier on the eye than a thousand quotation marks."""
    return text.split(between)


FIRST_NAMES = listed(
    "Adèle Agathe Alban Alice Amandine Anatole Annie Antoine Armand Aurélie Baptiste Barnabé "
    "Basile Béatrice Benoît Bérénice Bertrand Blanche Brigitte Camille Capucine Carole Cécile "
    "Céleste Chantal Charlotte Clémence Colette Corentin Cyprien Damien Delphine Denise Diane "
    "Édith Edmond Élise Éloi Émilie Étienne Eugénie Fabrice Fanny Félix Fernand Florence "
    "Françoise Gabin Gaspard Gaston Geneviève Germaine Gilles Ginette Guillaume Gustave Hélène "
    "Henri Honoré Hugo Inès Irène Isabelle Jacques Jeanne Joachim Joëlle Josette Jules Juliette "
    "Justine Léon Léonie Loïc Louise Lucette Lucien Madeleine Manon Marcel Margaux Mathilde "
    "Maurice Maxime Mélanie Micheline Monique Nadège Nathalie Nicolas Noémie Octave Odette "
    "Olivier Ombeline Pascal Paulette Perrine Philomène Quentin Raymond Rémi Renée Romain "
    "Rosalie Sabine Sébastien Séverine Simone Solange Suzanne Sylvain Théodore Thérèse Tiphaine "
    "Ursule Valentin Véronique Victor Violette Xavier Yolande Yves Zélie"
)

# A surname is a beginning and an end, so that there are thousands and none is meant.
SURNAME_STARTS = listed(
    "Aub Barb Beauf Berg Bois Bouch Brind Cail Carp Chab Champ Charr Chev Clav Cor Cour Dam "
    "Delab Desm Dub Duf Escal Fauch Ferr Font Fourn Gaill Gir Gond Grand Grim Guér Hard Herb "
    "Houd Jac Jol Lab Lagr Lam Lar Lef Long Mail Marc Marl Maur Mont Mor Noir Paill Per Pich "
    "Poul Prév Rabi Rem Rich Rob Rouss Sabl Salv Taill Thév Tour Vall Vass Verd Vign Vill"
)
SURNAME_ENDS = listed(
    "ac ain anne ard aud ault é eau elin elle erie et ette eul eux ier ière in ineau iot ois on "
    "onneau ot otte ouin our oux"
)

# What follows « Ferme … », with its article.
HAMLETS = [
    f"{article}{name}"
    for article, names in {
        "de la ": "Boissière Bretonnière Butte Chesnaie Clairière Claie Coudraie Fontaine Garenne "
        "Grange Haie Houssaye Lisière Mare Mésangère Noue Pommeraie Prairie Rabette Roncière Roche "
        "Sablonnière Saulaie Tuilerie Vallée Verrière Vove",
        "du ": "Bois-Clair Bout-du-Monde Buisson Carrefour Chêne-Rond Clos-Vert Colombier Coteau "
        "Gué-Bas Haut-Bout Houx Lavoir Marronnier Moulin-Neuf Noyer Pré-Long Puits-Carré Ruisseau "
        "Tertre Tilleul Val-Joli Vieux-Four",
        "des ": "Alouettes Aulnettes Bruyères Cent-Arpents Châtaigniers Coquelicots Cornouillers "
        "Enclaves Fougères Friches Grands-Champs Groues Hêtres Jonquilles Longs-Sillons Mésanges "
        "Mûriers Noisetiers Ormes Patis Peupliers Quatre-Vents Quinze-Muids Sources Terres-Froides "
        "Trois-Mares Vaux Vergers",
        "de l’": "Abreuvoir Angélique Aubépine Aunaie Écluse Églantier Épinette Étang-Neuf "
        "Hirondelle Orme-Sec Ouche Yvette-Haute",
    }.items()
    for name in names.split()
]

STREETS = listed(
    "de l’Église,de la Mairie,du Four,des Lavandières,du Moulin,de la Fontaine,des Champs,"
    "de la Gare,du Château,des Écoles,de la Libération,du Pont,des Tilleuls,de Paris,d’Étampes,"
    "de Chartres,du Maréchal-Ferrant,des Remparts,de la Forêt,du Cimetière,de l’Étang,des Roses,"
    "du Stade,de la Poste,des Carrières,du Vieux-Puits,des Sablons,de la Croix-Blanche,du Lavoir,"
    "des Petits-Prés",
    ",",
)
WAYS = ("rue", "rue", "rue", "rue", "route", "chemin", "avenue", "place", "impasse", "sente")

# What a family's places call themselves, and what they sell; by the sign of the family.
SIGNS = {
    "carrot": (
        "Ferme|Jardins|Potager|Maraîchage|Vergers|Cueillette|Clos|Champs",
        "tomates,salades,pommes de terre,carottes,courges,fraises,pommes,poires,cerises,"
        "champignons,asperges,haricots verts,radis,poireaux,paniers de légumes",
    ),
    "wedge": (
        "Ferme|Chèvrerie|Bergerie|Fromagerie|Laiterie|Crémerie|Étable|Pré",
        "chèvre frais,tomme,yaourts,beurre,crème,faisselle,lait cru,œufs,brebis,fromage affiné",
    ),
    "hen": (
        "Ferme|Élevage|Boucherie|Basse-cour|Volailles|Étal|Bergerie|Pisciculture",
        "poulet fermier,colis de bœuf,agneau,porc,pintade,lapin,charcuterie,truites,veau,terrines",
    ),
    "loaf": (
        "Boulangerie|Fournil|Pâtisserie|Moulin|Four|Chocolaterie|Pétrin|Levain",
        "pain au levain,baguette,brioche,tartes,chocolats,farine,biscuits,croissants,pain d’épices",
    ),
    "hive": (
        "Rucher|Miellerie|Épicerie|Conserverie|Huilerie|Bocaux|Herbier|Ruches",
        "miel de forêt,miel de printemps,confitures,huile de colza,tisanes,safran,moutarde,"
        "lentilles,propolis,gelées",
    ),
    "glass": (
        "Brasserie|Cidrerie|Cave|Domaine|Pressoir|Distillerie|Torréfaction|Caves",
        "bière blonde,bière ambrée,cidre,jus de pomme,vin,poiré,café,limonade",
    ),
    "tulip": (
        "Fleurs|Pépinière|Serres|Jardin|Pépinières|Bouquets|Jardinerie|Roseraie",
        "bouquets,plants,rosiers,arbres fruitiers,vivaces,sapins,aromatiques,compositions",
    ),
    "awning": (
        "Magasin|Panier|Halle|Ruche|Comptoir|Distributeur|Point de retrait|Cabane",
        "paniers,légumes,fromages,œufs,pain,viande,miel",
    ),
    "fork": (
        "Auberge|Café|Table|Bistrot|Gîte|Cantine|Relais|Camion",
        "plat du jour,pizzas,crêpes,brunch,chambres,terrasse,galettes,plats à emporter",
    ),
    "bowl": (
        "Atelier|Poterie|Forge|Menuiserie|Terre|Bois|Vannerie|Four",
        "bols,vases,tables,chaises,paniers d’osier,couteaux,bijoux,stages de tournage,portails",
    ),
    "needle": (
        "Atelier|Fil|Couture|Savonnerie|Laines|Sellerie|Aiguilles|Tissage",
        "savons,retouches,sacs,laine,pelotes,ceintures,bougies,doudous,écharpes",
    ),
    "spanner": (
        "Atelier|Cycles|Réparation|Librairie|Ressourcerie|Cordonnerie|Établi|Recyclerie",
        "vélos,chaussures,livres,meubles,fauteuils,petit électroménager,clés,jouets",
    ),
}
# The same for « ferme » as for « jardin ».
ADJECTIVES = listed(
    "Agile Champêtre Fidèle Honnête Modeste Nomade Paisible Rebelle Rustique Sauvage Sincère "
    "Solidaire Tranquille Utile"
)
TAGS = ("bio", "vente directe", "livraison", "fait main", "noël", "consigne", "à la ferme")
FAMILIES_ON_MARKETS = ("carrot", "wedge", "hen", "loaf", "hive", "glass", "tulip")

HOW = ("sur place", "sur commande", "toute l’année", "en petites quantités", "le week-end")
SENTENCES = (
    "Tout est fait sur place, en petites quantités.",
    "La maison a ouvert il y a une dizaine d’années et n’a pas changé de recette.",
    "Nous travaillons avec les saisons : ce qui est mûr est à vendre, le reste attend.",
    "On peut passer voir les bêtes, les enfants sont les bienvenus.",
    "Les commandes se prennent la veille, par téléphone de préférence.",
    "La vente se fait à la barrière ; sonnez si personne n’est là.",
    "Nous livrons les voisins à vélo, et les autres une fois par semaine.",
    "Les prix sont ceux du panneau, sans surprise, et nous disons volontiers d’où ils viennent.",
    "Nous avons repris l’affaire de nos parents, qui passent encore donner la main.",
    "Rien ne vient de plus de trente kilomètres.",
    "L’hiver nous réparons, l’été nous ouvrons tard.",
    "Parking devant, accès de plain-pied.",
)
