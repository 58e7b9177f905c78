"""What GitLab and pre-commit are told: the files are whole, and what they name is there."""

import gzip
import json
import os
import re
import subprocess
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import ROOT

CI: dict[str, Any] = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
# What GitLab reads of the file that is no job.
GLOBAL = {"stages", "default", "variables", "workflow"}
JOBS: dict[str, Any] = {name: job for name, job in CI.items() if name not in GLOBAL}
IN_MERGE_REQUEST = '$CI_PIPELINE_SOURCE == "merge_request_event"'
ON_DEFAULT_BRANCH = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
TEMPLATES = ROOT / ".gitlab/merge_request_templates"


def conditions(job: str) -> set[str]:
    """When a job runs: as its own rules say, or else the pipeline's."""
    return {rule["if"] for rule in JOBS[job].get("rules", CI["workflow"]["rules"])}


def test_the_jobs_run_where_they_should() -> None:
    where = {job: conditions(job) for job in JOBS}
    assert where == {
        "check": {IN_MERGE_REQUEST, ON_DEFAULT_BRANCH},
        "test": {IN_MERGE_REQUEST, ON_DEFAULT_BRANCH},
        "build": {ON_DEFAULT_BRANCH},
        "pages": {ON_DEFAULT_BRANCH},
        "review": {IN_MERGE_REQUEST},
        "stop review": {IN_MERGE_REQUEST},
    }


def test_each_job_has_a_stage_and_waits_only_for_jobs_that_are_there_with_it() -> None:
    order = CI["stages"]
    for name, job in JOBS.items():
        needed = [need["job"] if isinstance(need, dict) else need for need in job.get("needs", [])]
        for other in [*needed, *job.get("dependencies", [])]:
            assert order.index(JOBS[other]["stage"]) < order.index(job["stage"])
            assert conditions(name) <= conditions(other)


def test_every_script_that_a_job_runs_is_there_and_can_be_run() -> None:
    named = re.findall(r"python (scripts/\S+)", (ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert {"scripts/check", "scripts/build", "scripts/test", "scripts/review_site"} == set(named)
    assert all(os.access(ROOT / script, os.X_OK) for script in named)


def test_the_report_on_the_content_is_kept_also_when_there_are_errors() -> None:
    kept = JOBS["check"]["artifacts"]
    report = kept["reports"]["codequality"]
    assert kept["when"] == "always"
    # What stands here is done whatever became of the script, and changes nothing of the job's status.
    assert JOBS["check"]["after_script"] == [f"python scripts/check --format gitlab > {report}"]


def test_what_is_published_is_the_site_that_was_built() -> None:
    assert JOBS["build"]["artifacts"]["paths"] == ["site"]
    assert JOBS["build"]["variables"]["KUNSKAPSBANK_URL"] == "$CI_PAGES_URL/"
    assert JOBS["pages"]["dependencies"] == ["build"]
    assert JOBS["pages"]["artifacts"]["paths"] == ["public"]
    assert CI["stages"].index("test") < CI["stages"].index(JOBS["pages"]["stage"])


def test_a_review_site_cannot_take_the_place_of_the_published_one() -> None:
    assert "pages" not in JOBS["review"]
    assert "public" not in JOBS["review"]["artifacts"]["paths"]


def test_a_review_site_is_stopped_with_its_merge_request_or_after_a_time() -> None:
    review, stop = JOBS["review"]["environment"], JOBS["stop review"]
    assert review["on_stop"] == "stop review"
    assert review["auto_stop_in"] == JOBS["review"]["artifacts"]["expire_in"]
    assert stop["environment"] == {"name": review["name"], "action": "stop"}
    assert stop["rules"][0]["when"] == "manual"
    assert stop["rules"][0]["allow_failure"], "or the merge request would wait for it"
    assert stop["variables"]["GIT_STRATEGY"] == "none", "the branch may be gone by then"


def test_the_review_site_knows_its_own_address(tmp_path: Path) -> None:
    shell = [line for line in JOBS["review"]["script"] if not line.startswith("python ")]
    given = {
        "CI_PAGES_URL": "https://kunskapsbank-1a2b3c.pages.example.org",
        "CI_PAGES_DOMAIN": "pages.example.org",
        "CI_PROJECT_ROOT_NAMESPACE": "staden",
        "CI_PROJECT_PATH": "staden/soc/kunskapsbank",
        "CI_JOB_ID": "17",
    }
    script = "\n".join([*shell, 'printf %s "$KUNSKAPSBANK_URL"'])
    run = subprocess.run(["sh", "-euc", script], env=given, cwd=tmp_path, capture_output=True, text=True, check=True)
    # As docs.gitlab.com/ci/jobs/job_artifacts has it: the project's path without its first group comes after "/-/".
    assert run.stdout == "https://staden.pages.example.org/-/soc/kunskapsbank/-/jobs/17/artifacts/site/"
    assert (tmp_path / "review.env").read_text("utf-8") == f"REVIEW_URL={run.stdout}index.html\n"
    assert JOBS["review"]["artifacts"]["reports"]["dotenv"] == "review.env"
    assert JOBS["review"]["environment"]["url"] == "$REVIEW_URL"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('href="../teman/"', 'href="../teman/index.html"'),
        ('href="../.."', 'href="../../index.html"'),
        ('href="."', 'href="./index.html"'),
        ('href="teman/#farsta"', 'href="teman/index.html#farsta"'),
        ('href="./?q=a/b"', 'href="./index.html?q=a/b"'),
        ('action="../sok/"', 'action="../sok/index.html"'),
        ('href="#syfte"', 'href="#syfte"'),
        ('href="../bilaga.pdf"', 'href="../bilaga.pdf"'),
        ('href="https://example.org/a/"', 'href="https://example.org/a/"'),
        ('href="mailto:a@example.org"', 'href="mailto:a@example.org"'),
        ('href="/a/"', 'href="/a/"'),
        ('data-href="../teman/"', 'data-href="../teman/"'),
    ],
)
def test_links_of_the_review_site_name_files(link: str, expected: str, tmp_path: Path) -> None:
    page = tmp_path / "om/index.html"
    page.parent.mkdir()
    page.write_text(f"<a {link}>Länk</a>\n", "utf-8")
    review_site().name_files(tmp_path)
    assert page.read_text("utf-8") == f"<a {expected}>Länk</a>\n"


def test_hits_of_the_review_site_name_files(tmp_path: Path) -> None:
    hit = tmp_path / "sok/index/h/0-0.kb"
    hit.parent.mkdir(parents=True)
    hit.write_bytes(gzip.compress(json.dumps({"url": "projekt/trappan/", "title": "Trappan"}).encode()))
    review_site().name_files(tmp_path)
    assert json.loads(gzip.decompress(hit.read_bytes())) == {"url": "projekt/trappan/index.html", "title": "Trappan"}


def review_site() -> Any:
    """The script as a module."""
    loader = SourceFileLoader("review_site", str(ROOT / "scripts/review_site"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_there_is_a_template_for_each_kind_of_merge_request() -> None:
    assert {path.stem for path in TEMPLATES.iterdir()} == {
        "Default", "Delrapport", "Forskningsrapport", "Förstudie", "Projekt", "Projektplan", "Reserapport", "Rättelse",
        "Slutrapport", "Utlysning",
    }  # fmt: skip


@pytest.mark.parametrize("template", sorted(TEMPLATES.iterdir()), ids=lambda path: path.stem)
def test_a_template_is_a_short_list_to_tick(template: Path) -> None:
    text = template.read_text("utf-8")
    ticks = [line for line in text.splitlines() if line.startswith("- [ ] ")]
    assert 4 <= len(ticks) <= 12
    assert all(line.endswith((".", ")")) for line in ticks)
    assert "går att känna igen" in text


def test_each_line_of_the_codeowners_example_names_something_that_is_there() -> None:
    lines = (ROOT / ".gitlab/CODEOWNERS.exempel").read_text("utf-8").splitlines()
    places = [line.split()[0] for line in lines if line.startswith("/")]
    assert len(places) > 5
    assert all((ROOT / place.strip("/")).exists() for place in places)


def test_hooks_run_programs_that_are_there() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = {hook["id"]: hook for repository in config["repos"] for hook in repository["hooks"]}
    assert hooks["kunskapsbank-check"]["entry"] == "scripts/check --bara-fel"
    assert all(repository["repo"] == "local" for repository in config["repos"]), "nothing is fetched"
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [(hook["id"], hook["entry"], hook["files"]) for hook in offered] == [
        ("kunskapsbank-check", "kunskapsbank check --bara-fel", hooks["kunskapsbank-check"]["files"])
    ]
