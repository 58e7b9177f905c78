"""Full text: records → analysed documents → an index to ask."""
