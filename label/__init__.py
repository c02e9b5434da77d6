"""The label: charter, memberships, claims, badge, posts, local-production pages."""
