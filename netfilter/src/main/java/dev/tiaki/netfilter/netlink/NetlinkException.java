package dev.tiaki.netfilter.netlink;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The kernel refused a request, or the socket to it failed. */
public final class NetlinkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;
  private final @Nullable String kernelText;

  /**
   * Makes an exception.
   *
   * @param what what was being done, such as {@code "conntrack dump"}
   * @param errno the positive error number
   * @param kernelText the extended ACK's sentence, or null when the kernel gave none
   */
  public NetlinkException(String what, int errno, @Nullable String kernelText) {
    super(message(what, errno, kernelText));
    this.errno = errno;
    this.kernelText = kernelText;
  }

  private static String message(String what, int errno, @Nullable String kernelText) {
    String text = what + ": " + Errno.text(errno) + " (" + Errno.name(errno) + ")";
    if (kernelText != null) {
      text += ": " + kernelText;
    }
    if (errno == Errno.EPERM) {
      text += "; this needs CAP_NET_ADMIN in the network namespace (run as root)";
    }
    return text;
  }

  /** Returns the positive error number. */
  public int errno() {
    return errno;
  }

  /** Returns the kernel's own sentence about the error, or null. */
  public @Nullable String kernelText() {
    return kernelText;
  }
}
