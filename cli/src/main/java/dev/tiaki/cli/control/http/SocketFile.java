package dev.tiaki.cli.control.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket: only its owner may use it, or its group too when one is named.
 *
 * <p>The socket is bound in a folder of its own that nobody else may enter and then moved to its
 * place, so that at no moment somebody else could have used it. A socket that nobody serves any
 * more is replaced; one that is served, or another kind of file, is refused.
 */
final class SocketFile {
  private static final int UNIX_FILE_TYPE = 0xf000;
  private static final int UNIX_SOCKET = 0xc000;

  private final Path path;
  private final @Nullable String group;
  private final Path folder;

  private SocketFile(Path path, @Nullable String group, Path folder) {
    this.path = path;
    this.group = group;
    this.folder = folder;
  }

  /**
   * Looks whether a socket may be made at {@code path}.
   *
   * @throws IOException when it may not; the message says why
   */
  static SocketFile prepare(Path path, @Nullable String group) throws IOException {
    refuseOthers(path);
    Path parent = path.toAbsolutePath().getParent();
    try {
      return new SocketFile(
          path,
          group,
          Files.createTempDirectory(
              parent,
              ".tiaki",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    } catch (NoSuchFileException e) {
      throw new IOException(path + ": the folder of the control socket does not exist", e);
    } catch (IOException e) {
      throw new IOException(path + ": the control socket cannot be made there", e);
    }
  }

  private static void refuseOthers(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & UNIX_FILE_TYPE) != UNIX_SOCKET) {
      throw new IOException(path + ": exists and is no socket; remove it or name another");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException nobodyServesIt) {
      return;
    } catch (IOException e) {
      throw new IOException(path + ": exists and cannot be looked at", e);
    }
    throw new IOException(
        path + ": another process serves this control socket; name another with --control-socket");
  }

  /** Returns where to bind the socket. */
  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(folder.resolve("s"));
  }

  /**
   * Puts the bound socket into its place.
   *
   * @throws IOException when the group does not exist or may not be given
   */
  void publish() throws IOException {
    Path bound = folder.resolve("s");
    PosixFileAttributeView view = Files.getFileAttributeView(bound, PosixFileAttributeView.class);
    if (group != null) {
      try {
        view.setGroup(
            bound
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByGroupName(group));
      } catch (UserPrincipalNotFoundException e) {
        throw new IOException("control socket: there is no group '" + group + "'", e);
      }
    }
    view.setPermissions(PosixFilePermissions.fromString(group == null ? "rw-------" : "rw-rw----"));
    Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(folder);
  }

  /** Leaves nothing behind. */
  void discard() throws IOException {
    Files.deleteIfExists(folder.resolve("s"));
    Files.deleteIfExists(folder);
  }

  /** Removes the socket. */
  void remove() throws IOException {
    Files.deleteIfExists(path);
  }
}
