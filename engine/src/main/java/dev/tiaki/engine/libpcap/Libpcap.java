package dev.tiaki.engine.libpcap;

import dev.tiaki.engine.packet.LinkType;
import java.io.IOException;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/** The libpcap of this machine. */
public final class Libpcap {
  static final String MISSING =
      "libpcap is not there; install it (Debian: apt-get install libpcap0.8)";

  private Libpcap() {}

  /** Something done through pcap4j. */
  interface Call<T> {
    T run() throws PcapNativeException, IOException;
  }

  /**
   * Does something through pcap4j.
   *
   * @throws IOException when there is no libpcap, or it complains; the message says which
   */
  static <T> T call(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (PcapNativeException e) {
      throw new IOException(String.valueOf(e.getMessage()).strip(), e);
    } catch (LinkageError e) {
      throw new IOException(MISSING, e);
    }
  }

  /**
   * Returns what libpcap says about its version.
   *
   * @throws IOException when there is none
   */
  public static String version() throws IOException {
    return call(Pcaps::libVersion);
  }

  /**
   * Returns what libpcap calls a link type in memory. The two numberings differ in few types, of
   * which raw IP matters here (pcap/dlt.h: 12 on Linux).
   */
  static int memoryNumber(LinkType link) {
    return link.equals(LinkType.RAW) ? LinkType.RAW_DLT12.number() : link.number();
  }

  /** Returns the link type that libpcap gives a number to in memory. */
  static LinkType linkType(int memoryNumber) {
    return memoryNumber == LinkType.RAW_DLT12.number() ? LinkType.RAW : LinkType.of(memoryNumber);
  }
}
