package dev.tiaki.netfilter.netlink;

import dev.tiaki.netfilter.libc.Libc;

/** The error numbers that netlink answers with, from {@code asm-generic/errno.h}. */
public final class Errno {
  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such entry. */
  public static final int ENOENT = 2;

  /** Interrupted by a signal. */
  public static final int EINTR = 4;

  /** Nothing to read now. */
  public static final int EAGAIN = 11;

  /** Access refused. */
  public static final int EACCES = 13;

  /** Busy: here, a change that the kernel does not allow. */
  public static final int EBUSY = 16;

  /** Exists already. */
  public static final int EEXIST = 17;

  /** No such device: here, a queue that nobody serves. */
  public static final int ENODEV = 19;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Too many: here, elements of a set. */
  public static final int ENFILE = 23;

  /** No room left: here, an entry without an area for labels. */
  public static final int ENOSPC = 28;

  /** Out of range. */
  public static final int ERANGE = 34;

  /** Somebody else changed it meanwhile: to be tried again. */
  public static final int ERESTART = 85;

  /** The message is too long. */
  public static final int EMSGSIZE = 90;

  /** Not supported. */
  public static final int EOPNOTSUPP = 95;

  /** The receive buffer was too small and messages were lost. */
  public static final int ENOBUFS = 105;

  private Errno() {}

  /** Returns the symbol of {@code errno}, or {@code errno N} for one without a name here. */
  public static String name(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case EINTR -> "EINTR";
      case EAGAIN -> "EAGAIN";
      case EACCES -> "EACCES";
      case EBUSY -> "EBUSY";
      case EEXIST -> "EEXIST";
      case ENODEV -> "ENODEV";
      case EINVAL -> "EINVAL";
      case ENOSPC -> "ENOSPC";
      case ERANGE -> "ERANGE";
      case ENFILE -> "ENFILE";
      case ERESTART -> "ERESTART";
      case EMSGSIZE -> "EMSGSIZE";
      case EOPNOTSUPP -> "EOPNOTSUPP";
      case ENOBUFS -> "ENOBUFS";
      default -> "errno " + errno;
    };
  }

  /** Returns the C library's sentence for {@code errno}. */
  public static String text(int errno) {
    return Libc.strerror(errno);
  }
}
