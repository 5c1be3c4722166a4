-- Lets one node at a time make the first token. The embedded store has one node.
LOCK TABLE tokens IN SHARE ROW EXCLUSIVE MODE;
