"""Magazines, their issues and articles, and the people who make them."""

from webmag.models.articles import Article, ArticleListing, ArticleTag, Byline
from webmag.models.authors import Author
from webmag.models.imports import BlogImport, ImportedArticle, ImportedImage, ImportLine
from webmag.models.magazines import Issue, IssueEntry, Magazine, MagazineIndex, Section
from webmag.models.reviews import EditorsReview, Reminder
from webmag.models.teams import Application, Role

__all__ = [
    "Application",
    "Article",
    "ArticleListing",
    "ArticleTag",
    "Author",
    "BlogImport",
    "Byline",
    "EditorsReview",
    "ImportLine",
    "ImportedArticle",
    "ImportedImage",
    "Issue",
    "IssueEntry",
    "Magazine",
    "MagazineIndex",
    "Reminder",
    "Role",
    "Section",
]
