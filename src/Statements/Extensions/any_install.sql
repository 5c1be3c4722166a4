-- An install that is to be served, of whichever tenant. Asked once, at a node's start.
SELECT id FROM installs WHERE enabled LIMIT 1;
