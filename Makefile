# What a person types.  The building itself is meson's, behind tools/build.
.PHONY: all demo check bench bench-asks bench-peers install format

all:
	@tools/deps build
	@tools/build build

# The application's own example, played against a real server; CI=1 ends by itself.
demo:
	@tools/deps demo
	@tools/build build
	@CI=$(CI) python3 tools/demo build/kith

# All tests; ends with one line "N passed, N failed".
check:
	@tools/deps check
	@tools/build build
	@/usr/bin/python3 tools/check build

# Every measure beside its limit, in one run.
bench:
	@tools/deps build
	@tools/build build-bench --buildtype=release -Dwerror=false
	@python3 bench/run build-bench

# The limits of asking: a million cards, ten thousand letters while everything is killed; half an hour.
bench-asks:
	@tools/deps check
	@tools/build build-bench --buildtype=release -Dwerror=false
	@/usr/bin/python3 bench/asking build-bench --write

# Beside the CardDAV servers that Debian packages; needs root, some twenty minutes, quiet.
bench-peers:
	@tools/deps peers
	@tools/build build-bench --buildtype=release -Dwerror=false
	@python3 bench/peers build-bench

install: all
	@meson install -C build --no-rebuild

format:
	clang-format -i src/*/*.c src/*/*.h bench/*.c fuzz/*.c
