"""Write the cases that are made: what Python makes of texts, for JavaScript too and to see what a change changes."""

import analysis_cases
import suggest_cases

if __name__ == "__main__":
    for cases in (analysis_cases, suggest_cases):
        cases.FILE.write_text(cases.made(), encoding="utf-8", newline="\n")
