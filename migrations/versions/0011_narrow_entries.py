"""What is counted and ranked by lies in the rows of the search entries; beside them only words and documents do."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Looking a short value up beside the table, once for each of a hundred thousand rows, takes most of a second.
    for column in ("district_code", "certifications", "spec", "name_words"):
        op.execute(f"ALTER TABLE search_entries ALTER COLUMN {column} SET STORAGE MAIN")
    op.execute("ALTER TABLE search_entries SET (toast_tuple_target = 512)")
    op.execute(
        "UPDATE search_entries"
        " SET certifications = certifications || '{}', spec = spec || '{}', name_words = name_words || ''"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE search_entries SET (toast_tuple_target = 256)")
    for column in ("district_code", "certifications", "spec", "name_words"):
        op.execute(f"ALTER TABLE search_entries ALTER COLUMN {column} SET STORAGE EXTENDED")
