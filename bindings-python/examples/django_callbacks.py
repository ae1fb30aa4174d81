"""A Django application in one file that is called back. Under ASGI the view is `async`, with an `AsyncClient` and `await`.

GENTASK_CALLBACK_SECRET=... PUBLIC_URL=https://app.example.com python django_callbacks.py runserver
"""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

import gentask

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=os.environ.get("DJANGO_SECRET_KEY", "only for this example"))
client = gentask.Client("apixo")


@csrf_exempt
def gentask_callback(request: HttpRequest) -> HttpResponse:
    """Take a callback. Django itself refuses bodies of more than 2.5 MB."""
    receipt = client.receive(request.method or "", request.get_full_path(), request.headers, request.body)
    return HttpResponse(receipt.body, status=receipt.http_status, headers=receipt.headers)


@csrf_exempt
def order(request: HttpRequest) -> JsonResponse:
    """Submit, and be called back at the end. A management command calls `client.run(...)`, which also polls."""
    payload, url = {"mode": "text-to-image", "prompt": request.POST["prompt"]}, os.environ["PUBLIC_URL"] + "/gentask"
    task = client.submit("nano-banana", payload, owner=request.POST["owner"], callback_url=url)
    return JsonResponse({"id": task.intent_id}, status=202)


urlpatterns = [path("gentask", gentask_callback), path("pictures", order)]
application = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
