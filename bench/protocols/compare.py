#!/usr/bin/env python3
"""Compares what Tiaki and tshark count in captures: DNS queries and responses, TLS connections that name their server, and
HTTP/1 requests and final responses over TCP.

  compare.py [-j JOBS] [--tiaki COMMAND] FOLDER_OR_CAPTURE...

All captures are one run of `tiaki replay --eve`; tshark runs once for each. Prints one line for each capture whose counts
differ, ours / tshark's, then a summary. Messages quoted in ICMP errors, QUIC, and DNS at other ports are left out. Needs tshark.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
KINDS = ("queries", "responses", "server names", "requests", "replies")
SUFFIXES = (".pcap", ".pcapng", ".cap", ".dmp", ".trace", ".gz")
PLAIN_HTTP = "tcp && !tls && (http.request || http.response.code)"
WANTED = ("(((dns && (udp.port == 53 || tcp.port == 53)) || tls.handshake.extensions_server_name || (" + PLAIN_HTTP + "))"
          " && !icmp && !icmpv6 && !quic)")
IN_ORDER = ("-o", "tcp.reassemble_out_of_order:TRUE")
# tshark counts a message when its body is complete, or loses what is pipelined behind a body: either way is asked for
BODIES = ("http.desegment_body:TRUE", "http.desegment_body:FALSE")
FIELDS = ("dns.flags.response", "tls.handshake.extensions_server_name", "tcp.stream", "http.request", "http.response.code",
          "frame.protocols")


def tiaki(command, captures):
    counts = collections.defaultdict(lambda: [0] * len(KINDS))
    with tempfile.NamedTemporaryFile(suffix=".json") as eve:
        subprocess.run([command, "replay", "--observe", "--midstream", "pickup", "--detect", "http", "--stats", "none",
                        "-l", "fatal", "--eve", eve.name, *map(str, captures)],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for line in open(eve.name):
            row = json.loads(line)
            if row["event_type"] == "dns":
                counts[row["pcap_filename"]][row["dns"]["type"] == "answer"] += 1
            elif row["event_type"] == "tls" and "sni" in row["tls"]:
                counts[row["pcap_filename"]][2] += 1
            elif row["event_type"] == "http":
                counts[row["pcap_filename"]][3] += row["http"]["http_method"] != ""
                counts[row["pcap_filename"]][4] += row["http"].get("status", 0) >= 200
    return counts


def tshark(capture, bodies):
    call = ["tshark", "-r", str(capture), *IN_ORDER, "-o", bodies, "-Y", WANTED, "-T", "fields", "-E", "aggregator=;",
            *[x for f in FIELDS for x in ("-e", f)]]
    done = subprocess.run(call, capture_output=True, timeout=600)
    counts = [0] * len(KINDS)
    named = set()
    for line in done.stdout.decode(errors="replace").splitlines():
        flags, names, stream, requests, statuses, protocols = (line.split("\t") + [""] * 6)[:6]
        bits = [f for f in flags.split(";") if f]
        counts[0] += sum(b in ("0", "False") for b in bits)
        counts[1] += sum(b in ("1", "True") for b in bits)
        if names:
            named.add(stream)
        if ":http" in protocols and ":tls" not in protocols and ":tcp" in protocols:
            counts[3] += sum(bool(r) for r in requests.split(";"))
            counts[4] += sum(s.isdigit() and int(s) >= 200 for s in statuses.split(";"))
    counts[2] = len(named)
    return tuple(counts)


def closest(capture, ours):
    """Counts as tshark does, of each kind the count that is ours if either way of counting gives it."""
    theirs = tshark(capture, BODIES[0])
    if theirs == ours:
        return theirs
    return tuple(b if b == mine else a for a, b, mine in zip(theirs, tshark(capture, BODIES[1]), ours))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", type=int, default=os.cpu_count())
    parser.add_argument("--tiaki", default=str(HERE.parent.parent / "tiaki"))
    parser.add_argument("captures", nargs="+")
    options = parser.parse_args()
    files = []
    for given in map(pathlib.Path, options.captures):
        files += sorted(f for f in given.rglob("*") if f.suffix in SUFFIXES) if given.is_dir() else [given]
    counts = tiaki(options.tiaki, files)
    same = differing = without = 0
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        all_ours = [tuple(counts[str(capture)]) for capture in files]
        for capture, ours, theirs in zip(files, all_ours, pool.map(closest, files, all_ours)):
            if ours == theirs:
                same += any(theirs)
                without += not any(theirs)
            else:
                differing += 1
                words = (f"{kind} {a} / {b}" for kind, a, b in zip(KINDS, ours, theirs) if a != b)
                print(f"{capture}: {', '.join(words)}", flush=True)
    print(f"{same} agree, {differing} differ, {without} have none of it")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
