"""An old blog becomes drafts here: WordPress, Overblog, Blogger, any feed.

opening.py and markup.py make events of whatever bytes there are, records.py small trees of them,
wordpress.py, overblog.py and syndication.py each know one dialect: all of that is pure. mapping.py
turns the HTML of one article into our blocks. staging.py, working.py, pictures.py and writing.py
keep a run in the database and bring it to its end; docs/decisions/0040 says why it is so.
"""
