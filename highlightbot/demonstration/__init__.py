"""The playground with a bot in it: a fictional programme, two past periods, one that ends today."""
