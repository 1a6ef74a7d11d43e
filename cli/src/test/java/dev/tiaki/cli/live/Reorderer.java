package dev.tiaki.cli.live;

import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.lab.Lab.Host;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.PacketQueue;
import dev.tiaki.netfilter.queue.QueueOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delays one in fifty TCP packets of a host by some milliseconds, so that later ones overtake it.
 */
final class Reorderer implements AutoCloseable {
  private static final int QUEUE = 9;
  private static final int DELAY_MILLIS = 3;

  private final PacketQueue queue;
  private final Thread thread = Thread.ofPlatform().daemon().name("reorderer").unstarted(this::run);
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean closing;

  Reorderer(Lab lab, Host host, String chain) throws IOException {
    QueueOptions all = QueueOptions.of(QUEUE);
    queue =
        PacketQueue.open(
            new QueueOptions(
                NetworkNamespace.named(lab.namespace(host)),
                QUEUE,
                all.maxPackets(),
                all.receiveBufferBytes(),
                true,
                true,
                false,
                all.slots(),
                DELAY_MILLIS));
    for (String tool : new String[] {"iptables", "ip6tables"}) {
      String rule =
          "-t mangle -A %s -p tcp -m statistic --mode random --probability 0.02 -j NFQUEUE --queue-num %d --queue-bypass"
              .formatted(chain, QUEUE);
      List<String> words = new ArrayList<>(List.of(tool));
      words.addAll(List.of(rule.split(" ")));
      lab.run(host, words.toArray(new String[0]));
    }
    thread.start();
  }

  private void run() {
    List<Integer> waiting = new ArrayList<>();
    try {
      while (!closing) {
        queue.receive();
        waiting.forEach(queue::accept);
        queue.flush();
        waiting.clear();
        while (queue.next()) {
          waiting.add(queue.packet().id());
          count.incrementAndGet();
        }
      }
      waiting.forEach(queue::accept);
      queue.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many packets were delayed so far. */
  int count() {
    return count.get();
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    queue.close();
  }
}
