# What a person types.  The building itself is meson's.
.PHONY: all deps demo check bench install clean format

all: build/build.ninja
	@ninja -C build

# A new file changes the list of rooms; meson is told only then.
build/build.ninja: tools/rooms src/ROOMS meson.build | deps
	@tools/build build

deps:
	@tools/deps build
