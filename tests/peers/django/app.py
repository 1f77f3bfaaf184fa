"""A Django REST framework application with cases that are difficult for clients, described by drf-spectacular at
`/openapi.json`.

With `COMPONENT_SPLIT_REQUEST`, files in requests are described as files; without it as URLs, as in responses.
"""

import tempfile

import django
from django.conf import settings

folder = tempfile.TemporaryDirectory()
settings.configure(
    SECRET_KEY="a test key with at least fifty different characters",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "rest_framework.authtoken",
        "drf_spectacular",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder.name}/db"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 2,
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "rest_framework.authentication.BasicAuthentication",
            "rest_framework.authentication.TokenAuthentication",
        ],
    },
    SPECTACULAR_SETTINGS={"TITLE": "Awkward", "VERSION": "1", "COMPONENT_SPLIT_REQUEST": True},
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.models import User
from django.core.asgi import get_asgi_application
from django.core.management import call_command
from django.db import connection, models
from django.urls import include, path
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularAPIView
from rest_framework import permissions, routers, serializers, viewsets
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response


class Item(models.Model):
    class Meta:
        app_label = "auth"

    label = models.CharField(max_length=20)
    colour = models.CharField(max_length=5, choices=[("red", "Red"), ("blue", "Blue")], null=True, blank=True)
    status = models.CharField(max_length=5, choices=[("on", "On"), ("off", "Off")], default="on")
    price = models.DecimalField(max_digits=20, decimal_places=2, default="0")
    made = models.DateTimeField(auto_now_add=True)
    due = models.DateField(null=True, blank=True)
    length = models.DurationField(null=True, blank=True)
    data = models.JSONField(default=dict, blank=True)
    secret = models.CharField(max_length=20, blank=True, default="")


class ItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = Item
        fields = "__all__"
        extra_kwargs = {"secret": {"write_only": True}}

    count = serializers.SerializerMethodField()

    def get_count(self, item) -> int:
        return 1


class Shown(serializers.Serializer):
    # Without a type hint, drf-spectacular describes it as a string.
    data = serializers.SerializerMethodField()

    def get_data(self, value):
        return {"value": value}


class Upload(serializers.Serializer):
    file = serializers.FileField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)


class Received(serializers.Serializer):
    name = serializers.CharField(allow_null=True)
    text = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_null=True)


class Cat(serializers.Serializer):
    type = serializers.CharField()
    lives = serializers.IntegerField()


class Dog(serializers.Serializer):
    type = serializers.CharField()
    name = serializers.CharField()


Pet = PolymorphicProxySerializer("Pet", {"cat": Cat, "dog": Dog}, "type")


def named(**names):
    return {method: extend_schema(operation_id=name) for method, name in names.items()}


@extend_schema(tags=["items"])
@extend_schema_view(
    **named(list="all", create="make", retrieve="one", update="replace", partial_update="change", destroy="remove")
)
class Items(viewsets.ModelViewSet):
    queryset = Item.objects.order_by("id")
    serializer_class = ItemSerializer
    permission_classes = [permissions.AllowAny]

    @extend_schema(operation_id="upload", request=Upload, responses=Received)
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def upload(self, request):
        upload = Upload(data=request.data)
        upload.is_valid(raise_exception=True)
        file, note = upload.validated_data.get("file"), upload.validated_data.get("note")
        text = file.read().decode("latin-1") if file else None
        return Response({"name": file.name if file else None, "text": text, "note": note})

    @extend_schema(operation_id="shown", responses=Shown)
    @action(detail=False)
    def shown(self, request):
        return Response(Shown("x").data)

    @extend_schema(operation_id="pet", request=Pet, responses=Pet)
    @action(detail=False, methods=["post"])
    def pet(self, request):
        pet = {"cat": Cat, "dog": Dog}[request.data["type"]](data=request.data)
        pet.is_valid(raise_exception=True)
        return Response(pet.data)


@extend_schema(operation_id="me", tags=["who"], responses=str)
@api_view()
@permission_classes([permissions.IsAuthenticated])
def me(request):
    return Response(request.user.username)


router = routers.DefaultRouter()
router.register("items", Items)
login = extend_schema_view(post=extend_schema(operation_id="login", tags=["who"]))(obtain_auth_token.view_class)
urlpatterns = [
    path("", include(router.urls)),
    path("login/", login.as_view()),
    path("me/", me),
    path("openapi.json", extend_schema(exclude=True)(SpectacularAPIView).as_view()),
]

call_command("migrate", run_syncdb=True, verbosity=0)
with connection.schema_editor() as editor:
    editor.create_model(Item)
User.objects.create_user("jo", password="correct horse & battery")
application = get_asgi_application()
