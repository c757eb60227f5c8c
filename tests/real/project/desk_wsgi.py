"""What gunicorn runs; DJANGO_SETTINGS_MODULE says with which settings."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
