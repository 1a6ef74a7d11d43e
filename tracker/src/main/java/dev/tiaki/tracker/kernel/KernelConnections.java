package dev.tiaki.tracker.kernel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The kernel's table of connections, as far as the join needs it. */
public interface KernelConnections {
  /**
   * Finds the TCP connection whose original direction goes from {@code source} to {@code
   * destination}.
   *
   * @throws IOException when the kernel cannot be asked, for want of a privilege for example
   */
  Optional<KernelEntry> find(InetSocketAddress source, InetSocketAddress destination)
      throws IOException;

  /**
   * Removes an entry.
   *
   * @return false when it was gone already
   * @throws IOException when the kernel refuses
   */
  boolean delete(InetSocketAddress source, InetSocketAddress destination, KernelEntry entry)
      throws IOException;
}
