/*
 * The floor under changes of nftables sets: the same netlink messages, built in memory once, with nothing but
 * send and recv around them. usage: nftfloor one|many COUNT; the set is inet b s, of type ipv4_addr.
 * Prints how many elements were added, the median and the best time in microseconds: of a call that adds one
 * element (one), or of a call that adds COUNT of them at once (many).
 */
#include <arpa/inet.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 21, PER_MESSAGE = 1000 };

static unsigned char buffer[1 << 20];
static size_t used;
static uint32_t sequence;

static void *put(const void *bytes, size_t length) {
  void *at = buffer + used;
  memset(at, 0, NLMSG_ALIGN(length));
  if (bytes) memcpy(at, bytes, length);
  used += NLMSG_ALIGN(length);
  return at;
}

static struct nlmsghdr *begin(int type, int flags, int family, int resource) {
  struct nlmsghdr header = {.nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = ++sequence};
  struct nlmsghdr *at = put(&header, sizeof header);
  struct nfgenmsg netfilter = {.nfgen_family = family, .res_id = htons(resource)};
  put(&netfilter, sizeof netfilter);
  return at;
}

static void end(struct nlmsghdr *message) { message->nlmsg_len = buffer + used - (unsigned char *)message; }

static struct nlattr *attribute(int type, const void *bytes, size_t length) {
  struct nlattr header = {.nla_type = type, .nla_len = sizeof header + length};
  struct nlattr *at = put(&header, sizeof header);
  if (length) put(bytes, length);
  return at;
}

static void close_nest(struct nlattr *nest) { nest->nla_len = buffer + used - (unsigned char *)nest; }

static void batch(int count, uint32_t first, int type) {
  used = 0;
  end(begin(NFNL_MSG_BATCH_BEGIN, NLM_F_REQUEST, AF_UNSPEC, NFNL_SUBSYS_NFTABLES));
  for (int done = 0; done < count; done += PER_MESSAGE) {
    int flags = NLM_F_REQUEST | NLM_F_ACK | (type == NFT_MSG_NEWSETELEM ? NLM_F_CREATE : 0);
    struct nlmsghdr *message = begin(NFNL_SUBSYS_NFTABLES << 8 | type, flags, 1 /* inet */, 0);
    attribute(NFTA_SET_ELEM_LIST_TABLE, "b", 2);
    attribute(NFTA_SET_ELEM_LIST_SET, "s", 2);
    struct nlattr *elements = attribute(NFTA_SET_ELEM_LIST_ELEMENTS | NLA_F_NESTED, NULL, 0);
    for (int i = done; i < count && i < done + PER_MESSAGE; i++) {
      uint32_t address = htonl(first + i);
      struct nlattr *element = attribute(NFTA_LIST_ELEM | NLA_F_NESTED, NULL, 0);
      struct nlattr *key = attribute(NFTA_SET_ELEM_KEY | NLA_F_NESTED, NULL, 0);
      attribute(NFTA_DATA_VALUE, &address, sizeof address);
      close_nest(key);
      close_nest(element);
    }
    close_nest(elements);
    end(message);
  }
  end(begin(NFNL_MSG_BATCH_END, NLM_F_REQUEST, AF_UNSPEC, NFNL_SUBSYS_NFTABLES));
}

static void call(int sock, int count) {
  if (send(sock, buffer, used, 0) < 0) perror("send"), exit(1);
  for (int left = (count + PER_MESSAGE - 1) / PER_MESSAGE; left > 0; left--) {
    char answer[8192];
    if (recv(sock, answer, sizeof answer, 0) < 0) perror("recv"), exit(1);
    int error = ((struct nlmsgerr *)NLMSG_DATA(answer))->error;
    if (error) fprintf(stderr, "kernel: %s\n", strerror(-error)), exit(1);
  }
}

static double micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "usage: nftfloor one|many COUNT\n"), 2;
  int count = atoi(argv[2]), one = !strcmp(argv[1], "one");
  int sock = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER), size = 1 << 20;
  setsockopt(sock, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
  int cap = 1;
  setsockopt(sock, SOL_NETLINK, NETLINK_CAP_ACK, &cap, sizeof cap);
  int calls = one ? count : ROUNDS;
  double *times = malloc(calls * sizeof *times);
  for (int i = 0; i < calls; i++) {
    int each = one ? 1 : count;
    uint32_t first = 0x0b000000 + (one ? i : 0);
    batch(each, first, NFT_MSG_NEWSETELEM);
    double start = micros();
    call(sock, each);
    times[i] = micros() - start;
    if (!one) {
      batch(each, first, NFT_MSG_DELSETELEM);
      call(sock, each);
    }
  }
  qsort(times, calls, sizeof *times, ascending);
  printf("%d %.2f %.2f\n", count, times[calls / 2], times[0]);
  return 0;
}
