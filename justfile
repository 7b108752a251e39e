# `just` lists the recipes; CI calls the same ones.

default:
    @just --list

# everything that CI checks
check: format lint docs test demo yardstick

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

# the real reports in ../shared, with their thresholds (skipped without them)
yardstick:
    cargo test --test yardstick -- --nocapture

# the audit benchmark
bench:
    cargo bench --bench audit

# one report on the terminal
try report:
    cargo run --release --quiet -- check {{report}} --fail-on never
