"""A magazine's team: what each may do, who asks to join, what is mailed to whom."""
