package dev.tiaki.cli.table;

import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.ipv4.HeaderChecksums;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.link.FrameLink;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.capture.CaptureInput;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.time.NetworkTime;
import dev.tiaki.engine.time.TimerWheel;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.engine.worker.Worker;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads captures into a table: afterwards it is as the kernel's would be after the last packet.
 * Link layers and IP are dissected, no rule runs.
 */
public final class CapturedConnections {
  private final WorkerContext context =
      new WorkerContext(
          0,
          EngineMode.OBSERVE,
          OnRuleError.ACCEPT,
          new NetworkTime(),
          new TimerWheel(),
          new PacketPool(new Nowhere()),
          new LogSections((section, level, message) -> {}),
          alert -> {},
          new AlertIds(),
          new Counters());
  private final PacketDissector root =
      new PacketDissector(context, new FrameLink(context.counters()));
  private final Worker worker =
      new Worker(
          context,
          root,
          (packet, defect) -> {
            throw defect;
          });

  /** Where packets go that nobody asks for. */
  private static final class Nowhere implements PacketOutput {
    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason why) {}
  }

  private CapturedConnections(ReplayConntrack table) {
    TransportDissectors none = new TransportDissectors();
    Ipv4Dissector ipv4 = new Ipv4Dissector(context, root, none, FragmentLimits.IPV4);
    Ipv6Dissector ipv6 = new Ipv6Dissector(context, root, none, FragmentLimits.IPV6);
    ipv4.setHeaderChecksums(HeaderChecksums.IGNORED); // sending hosts leave them to their card
    root.setNetworkDissector(Ipv4Dissector.ETHER_TYPE, ipv4);
    root.setNetworkDissector(Ipv6Dissector.ETHER_TYPE, ipv6);
    TableFeed.connect(table, ipv4.events());
    TableFeed.connect(table, ipv6.events());
  }

  /**
   * Shows all packets of {@code captures} to {@code table}, in the order given.
   *
   * @param captures files, folders of them, or {@code -} for standard input
   * @return what could not be read, or not wholly; each names its capture
   */
  public static List<String> feed(ReplayConntrack table, List<String> captures) {
    CapturedConnections connections = new CapturedConnections(table);
    List<String> failures = new ArrayList<>();
    for (String capture : captures) {
      try {
        for (CaptureInput input : CaptureInput.of(capture)) {
          connections.read(input, failures);
        }
      } catch (IOException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    return failures;
  }

  private void read(CaptureInput input, List<String> failures) {
    try (CaptureReader reader = input.open()) {
      context.time().restart(); // another capture may be older than the one before it
      context.timers().restart();
      worker.run(reader);
    } catch (IOException e) {
      failures.add(String.valueOf(e.getMessage()));
    } finally {
      root.finish();
      context.packets().reclaim();
    }
  }
}
