"""The front desk's program: the pages of `fibrocheck desk`. What they do is in `fibrocheck.desk`.

program       starts the desk, and ends it
start         the start page, and what it leads to
finding_page  find by number, appointment or code
open_list     a list: link, print, chart, mark, correct, put aside, remove
calling       a new caller, and a call that is taken up again
pages, call_pages, rows    what each page says
screen, plain, asker       how the pages are asked; `contract` is the same for both
"""
