#!/bin/sh
# Keeps bare mirrors for audits: mirrors.sh FOLDER URL...
#
# A mirror has all refs. One that is there is fetched, so that only what is new crosses the network.
# Forks of one project share its objects: with ORIGIN set to a mirror in FOLDER, new mirrors borrow
# from it through objects/info/alternates and hold only what is their own.
#
# The repack puts everything into one pack with long, well-chosen deltas: an audit looks at what a
# delta brings and not at what it copies, so a tighter pack is less to do. -f is for the first time
# only; later fetches reuse what is there. No bitmap: an audit reads every object, it asks for none.
set -eu

folder=$1
shift
mkdir -p "$folder"
for url in "$@"; do
  name=$(basename "$url" .git).git
  mirror=$folder/$name
  if [ -d "$mirror" ]; then
    git -C "$mirror" fetch --quiet --prune origin
    git -C "$mirror" repack -q -a -d -l --window=50 --depth=50
  else
    rm -rf "$mirror.new"
    git clone --quiet --mirror ${ORIGIN:+--reference "$ORIGIN"} "$url" "$mirror.new"
    # -l leaves what an alternate has where it is.
    git -C "$mirror.new" repack -q -a -d -l -f --window=50 --depth=50
    git -C "$mirror.new" config repack.writeBitmaps false
    mv "$mirror.new" "$mirror" # whole or not at all
  fi
done
