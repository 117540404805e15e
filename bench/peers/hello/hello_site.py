"""The least that Django can answer: 12 bytes, with no middleware, no templates and no database.

A WSGI application by itself, which Gunicorn is given this folder to find: in the package `bench` it
would be the atlas.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], INSTALLED_APPS=[]
)


def hello(_request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("Hello, world", content_type="text/plain")


urlpatterns = [path("", hello)]
application = get_wsgi_application()
