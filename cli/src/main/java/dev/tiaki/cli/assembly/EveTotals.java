package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveStats;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;

/**
 * The counters of a run at their places in EVE's {@code stats}, as far as EVE has such places.
 * Nothing depends on how long the run took: the same run gives the same record.
 */
final class EveTotals {
  private EveTotals() {}

  static EveStats of(RunResult result) {
    Counters counters = result.counters();
    return new EveStats()
        .put("decoder.pkts", counters.value("packets"))
        .put("decoder.bytes", counters.value("bytes"))
        .put(
            "decoder.invalid",
            counters.value("link.malformed")
                + counters.value("ipv4.malformed")
                + counters.value("ipv6.malformed")
                + counters.value("tcp.malformed"))
        .put("decoder.unknown_ethertype", counters.value("link.unknown"))
        .put("flow.tcp", counters.value("tcp.connections"))
        .put("flow.total", counters.value("tcp.connections"))
        .put("tcp.sessions", counters.value("tcp.connections"))
        .put("tcp.invalid_checksum", counters.value("tcp.badChecksum"))
        .put("tcp.reassembly_gap", counters.value("tcp.gaps"))
        .put("tcp.overlap_diff_data", counters.value("tcp.overlap.conflicts"))
        .put("defrag.ipv4.fragments", counters.value("ipv4.fragments"))
        .put("defrag.ipv4.reassembled", counters.value("ipv4.reassembled"))
        .put("defrag.ipv6.fragments", counters.value("ipv6.fragments"))
        .put("defrag.ipv6.reassembled", counters.value("ipv6.reassembled"))
        .put("detect.alert", result.alerts())
        .put("detect.lua.errors", counters.value("rules.failed"))
        .put("ips.accepted", counters.value("verdicts.accepted"))
        .put("ips.blocked", dropped(counters))
        .put("ips.replaced", counters.value("verdicts.modified"));
  }

  private static long dropped(Counters counters) {
    return counters.all().stream()
        .filter(counter -> counter.name().startsWith("verdicts.dropped."))
        .mapToLong(Counter::value)
        .sum();
  }
}
