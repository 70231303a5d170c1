"""The public ledger: requests that everybody may read, with 受理日期、答复日期、答复部门、答复内容 and what was asked.

Nothing is published by itself. Staff have a draft made, in which personal data is replaced
(:mod:`api.masking.concealed`), read it beside the original, and publish it; a text in which some is still found is
refused (:mod:`.book`, with the lists of the desk in :mod:`.board`). Citizens read what is published (:mod:`.ledger`) as
a page, a table (:mod:`.export`) and a feed (:mod:`.feed`). A report 举报 is never published.
"""
