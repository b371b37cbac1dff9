"""A correction repeats the section of its story, so that the corrections of a section are a walk of an index."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    story, correction = (apps.get_model("articles", name) for name in ("Story", "Correction"))
    section = story.objects.filter(pk=OuterRef("story_id")).values("section_slug")[:1]
    correction.objects.update(section_slug=Subquery(section))


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_lines")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="section_slug",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="section's slug"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["section_slug", "-at", "-id"], name="correction_section_at"),
        ),
    ]
