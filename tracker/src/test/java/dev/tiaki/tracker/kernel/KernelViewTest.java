package dev.tiaki.tracker.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.Role;
import dev.tiaki.tracker.TrackingOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelViewTest {
  private static final InetSocketAddress US = new InetSocketAddress("10.0.0.1", 40000);
  private static final InetSocketAddress THEM = new InetSocketAddress("10.0.0.2", 80);
  private static final KernelEntry ENTRY = new KernelEntry(77, 5, 0, THEM, US, 10, 1_000);

  private final ConnectionTracker tracker = ConnectionTracker.create();
  private final List<String> calls = new ArrayList<>();

  private final KernelConnections kernel =
      new KernelConnections() {
        @Override
        public Optional<KernelEntry> find(InetSocketAddress source, InetSocketAddress destination)
            throws IOException {
          if (destination.getPort() == 1) {
            throw new IOException("not permitted");
          }
          return source.equals(US) && destination.equals(THEM)
              ? Optional.of(ENTRY)
              : Optional.empty();
        }

        @Override
        public boolean delete(
            InetSocketAddress source, InetSocketAddress destination, KernelEntry entry) {
          calls.add("delete " + source.getPort() + ">" + destination.getPort());
          return true;
        }
      };

  private final KernelView view = KernelView.of(tracker, kernel);

  @Test
  void the_original_direction_starts_at_whoever_dialed() {
    tracker.register(() -> {}, US, THEM, Role.CLIENT, TrackingOptions.DEFAULTS);
    tracker.register(() -> {}, THEM, US, Role.SERVER, TrackingOptions.DEFAULTS);
    assertThat(view.connections())
        .extracting(joined -> joined.kernel().map(KernelEntry::id).orElse(0L))
        .containsExactly(77L, 77L);
  }

  @Test
  void a_kernel_that_refuses_leaves_the_list_as_it_is_and_is_counted() {
    tracker.register(
        () -> {}, US, new InetSocketAddress("10.0.0.2", 1), Role.CLIENT, TrackingOptions.DEFAULTS);
    assertThat(view.connections())
        .singleElement()
        .extracting(KernelView.Joined::kernel)
        .isEqualTo(Optional.empty());
    assertThat(view.failures()).isEqualTo(1);
  }

  @Test
  void kill_closes_the_socket_and_deletes_the_flow() throws IOException {
    tracker.register(() -> calls.add("close"), THEM, US, Role.SERVER, TrackingOptions.DEFAULTS);
    var info = tracker.connections().getFirst();
    assertThat(view.kill(info)).isTrue();
    assertThat(calls).containsExactly("close", "delete 40000>80");
    assertThat(view.kill(info)).isFalse();
  }
}
