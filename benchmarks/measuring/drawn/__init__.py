"""Pictures that are drawn or cut, the same in each run, with the text that stands on them."""
