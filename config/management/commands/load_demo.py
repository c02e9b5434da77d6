"""`bin/manage load_demo`: the demo content, into an empty site only."""

from django.core.management.base import BaseCommand, CommandError

from config.demo import accounts, collecting, labelling, letters, loading, publishing, telling
from directory.models import Listing


class Command(BaseCommand):
    """Load the demo content."""

    help = (
        "Charge le contenu de démonstration (personnes et adresses inventées) dans un site vide. "
        "Ne fait rien si des fiches existent déjà."
    )

    def add_arguments(self, parser):
        """No options but one."""
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="se taire et réussir quand le site n’est pas vide",
        )

    def handle(self, *args, **options):
        """Load settings, pages, drawings, listings, label, magazines, posts, accounts."""
        if Listing.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("Le site n’est pas vide : rien n’a été chargé.")
        loading.load_site()
        loading.load_pages()
        photos = loading.load_photos()
        number = loading.load_listings(photos)
        loading.load_requests()
        members = labelling.load_label(photos)
        articles = publishing.load_magazines(photos)
        pages, posts = telling.load_pages(photos), telling.load_posts(photos)
        collected = collecting.load_collected(photos)
        followers = letters.load_letters()
        accounts.leave_for_the_server(accounts.load_accounts())
        self.stdout.write(
            f"listings={number} photos={len(photos)} articles={articles} "
            f"members={members} pages={pages} posts={posts} "
            f"collected={collected} followers={followers}"
        )
