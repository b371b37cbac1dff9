"""Where addresses begin: readers' pages at the root, the desk under /admin/."""

from django.urls import include, path

from articles.admin.site import site

urlpatterns = [
    path("admin/", site.urls),
    path("", include("articles.urls")),
]

handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"
