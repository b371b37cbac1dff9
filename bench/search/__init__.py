"""`python -m bench.search [--sizes N,N,…] [--database URL] [--rounds N] [--json]`: search in archives that grow.

Each size is an archive of its own (`filling`), built once and kept under `var/bench/`, or in a database named
`bench_search_SIZE` of a PostgreSQL server; it holds readers' tables alone: no desk, no editions. Each question
(`questions`) is asked through `search.find` and as a page, in CPU of the process that asks: on SQLite all of the work,
on PostgreSQL without the server, whose time is the clock's. The goals are about 95 of 100 times that a question is
asked.
"""
