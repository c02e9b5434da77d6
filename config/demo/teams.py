"""Accounts behind the names under the demo's articles, and people who would like to join."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Comment, Page, Revision, TaskState, WorkflowState

from config.demo.loading import read
from directory.models import Commune
from home.models import Photo
from webmag.models import Application, Article, Author, Magazine, Role


def join(people):
    """Give the authors of the demo their accounts, with what they wrote; {e-mail: person}."""
    for row in read("authors.json"):
        author = Author.objects.filter(slug=row["slug"]).first()
        person = people.get(row["email"])
        if author and person:
            take_over(author, person)
    for row in read("comments.json"):
        article = Article.objects.filter(slug=row["article"]).first()
        if article:
            comment(article, people[row["by"]], row)


def take_over(author, person):
    """Let an account be this author: the roles, the articles, the pictures in them."""
    author.user = person
    # The rights follow from the roles that the author has.
    author.save()
    signed = Article.objects.filter(bylines__author=author)
    begun = list(signed.filter(bylines__author=author, bylines__sort_order=0))
    for article in signed:
        article.writers.add(person)
    Page.objects.filter(pk__in=[article.pk for article in begun]).update(owner=person)
    for article in begun:
        Revision.objects.for_instance(article).update(user=person)
        WorkflowState.objects.for_instance(article).update(requested_by=person)
    pictures = [article.main_image_id for article in begun]
    Photo.objects.filter(pk__in=pictures, uploaded_by_user=None).update(uploaded_by_user=person)
    edited = Magazine.objects.filter(team__author=author, team__kind=Role.Kind.EDITOR)
    for magazine in edited:
        answer_for(magazine, person)


def answer_for(magazine, editor):
    """What was sent back in a magazine was sent back by its editor."""
    articles = Article.objects.child_of(magazine).values_list("pk", flat=True)
    ways = WorkflowState.objects.filter(object_id__in=[str(pk) for pk in articles])
    answered = TaskState.objects.filter(workflow_state__in=ways, status=TaskState.STATUS_REJECTED)
    answered.update(finished_by=editor)


def comment(article, person, row):
    """A remark in the margin of a field, or of a block of the text."""
    path = row["field"]
    if path == "body":
        path = f"body.{article.body[row['block']].id}"
    Comment.objects.create(page=article, user=person, text=row["text"], contentpath=path)


def load_applications(make_person):
    """Readers who ask to write; they have no password, so nobody logs in as them."""
    for row in read("applications.json"):
        magazine = Magazine.objects.filter(slug=row["magazine"]).first()
        if not magazine:
            continue
        application = Application.objects.create(
            magazine=magazine,
            user=make_person(row["email"], None, row["name"]),
            name=row["name"],
            message=row["message"],
        )
        application.covers.set(Commune.objects.filter(pk__in=row["covers"]))
        # The date is set by itself when it is created.
        asked = timezone.now() - timedelta(days=row["days"], hours=3)
        Application.objects.filter(pk=application.pk).update(asked_at=asked)
