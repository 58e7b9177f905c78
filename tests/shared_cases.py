"""Write the files of cases that Python and JavaScript share: what Python makes of them."""

import analysis_cases
import content_cases
import draft_cases
import personal_rules
import report_cases
import suggest_cases

if __name__ == "__main__":
    for cases in (analysis_cases, content_cases, draft_cases, personal_rules, report_cases, suggest_cases):
        cases.FILE.write_text(cases.made(), encoding="utf-8", newline="\n")
