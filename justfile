# `just` lists the recipes; CI calls the same ones.

default:
    @just --list

evaluate := "target/release/gouji --lang en evaluate corpus/gold target/accuracy/results --planted target/accuracy/planted/truth.json target/accuracy/planted-results --fail-on never"

# everything that CI checks
check: format lint docs test demo yardstick accuracy-check

# is the code formatted?
format:
    cargo fmt --check

# clippy, warnings are errors
lint:
    cargo clippy --all-targets --quiet -- -D warnings

# rustdoc, warnings are errors
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --quiet

# the tests
test:
    cargo test

# the main job on the corpus that comes with it; its results must be those committed
demo:
    cargo run --release --quiet -- audit corpus --out target/demo --fail-on never
    for file in reports cells claims findings; do cmp target/demo/$file.csv results/demo/$file.csv; done
    @echo "results/demo is up to date"

# renew results/demo
results:
    cargo run --release --quiet -- audit corpus --out results/demo --fail-on never

# corpus and planted errors, audited into target/accuracy
[private]
measure:
    cargo build --release --quiet
    rm -rf target/accuracy
    mkdir -p target/accuracy
    target/release/gouji --lang en audit corpus --out target/accuracy/results --fail-on never 2> /dev/null
    target/release/gouji --lang en mutate corpus --out target/accuracy/planted 2> /dev/null
    target/release/gouji --lang en audit target/accuracy/planted/reports --out target/accuracy/planted-results --fail-on never 2> /dev/null

# renew docs/accuracy.md and its figures
accuracy: measure
    {{evaluate}} --output-format markdown > docs/accuracy.md
    {{evaluate}} --output-format figures > docs/accuracy.json

# no figure of docs/accuracy.json may fall; if one has risen, run `just accuracy`
accuracy-check: measure
    {{evaluate}} --baseline docs/accuracy.json --output-format markdown > target/accuracy/accuracy.md
    {{evaluate}} --output-format figures > target/accuracy/accuracy.json
    cmp target/accuracy/accuracy.md docs/accuracy.md
    cmp target/accuracy/accuracy.json docs/accuracy.json
    @echo "docs/accuracy.md is up to date"

# plant errors in reports and say what is caught: just planted ../shared/reports
planted +reports:
    cargo build --release --quiet
    rm -rf target/planted
    target/release/gouji mutate {{reports}} --out target/planted/mutants
    target/release/gouji audit target/planted/mutants/reports --out target/planted/results --fail-on never
    target/release/gouji evaluate target/planted/mutants/truth.json target/planted/results --fail-on never

# the real reports in ../shared, with their thresholds (skipped without them)
yardstick:
    cargo test --test yardstick -- --nocapture

# the audit benchmark
bench:
    cargo bench --bench audit

# one report on the terminal
try report:
    cargo run --release --quiet -- check {{report}} --fail-on never

# web pages against a parse into a tree
bench-html:
    cargo bench --bench html

# 20,000 reports in mixed forms through the command (GOUJI_REPORTS sets how many)
bench-mixed:
    cargo bench --bench mixed

# one report in every form, for tests/forms.rs (needs LibreOffice, Chromium and some Python libraries)
forms:
    python3 tests/forms/make.py

# look for inputs that break a target: just fuzz pdf 600 (needs cargo-fuzz)
fuzz target seconds:
    mkdir -p fuzz/corpus/{{target}}
    RUSTC_BOOTSTRAP=1 ASAN_OPTIONS=detect_leaks=0 cargo fuzz run {{target}} fuzz/corpus/{{target}} tests/forms tests/broken -- -max_total_time={{seconds}} -timeout=25 -rss_limit_mb=3500
