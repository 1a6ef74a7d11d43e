package dev.tiaki.netfilter.nftables.model;

/** One item of a document: a command, an object (which means: add it), or who wrote it. */
public sealed interface NftItem permits Metainfo, Command, NftObject, UnknownItem {}
