package dev.tiaki.cli.nft;

import dev.tiaki.netfilter.nftables.version.NftVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A release of nftables on the command line. */
final class VersionConverter implements ITypeConverter<NftVersion> {
  VersionConverter() {}

  @Override
  public NftVersion convert(String text) {
    NftVersion version = NftVersion.parse(text);
    if (version == null) {
      throw new TypeConversionException("'" + text + "' is no release such as 1.0.6");
    }
    return version;
  }
}
