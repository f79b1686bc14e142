// Opens connections and keeps them, doing nothing: the other half of the measurement of idle connections. In a process of
// its own, since one process may seldom have twice 10,000 descriptors.
//
// Compiled with -DTLS it speaks TLS 1.3, and believes any certificate.
//
// usage: idle_clients PORT CONNECTIONS MESSAGE_BYTES SERVER_PID
// Sends a message on each connection and waits for its echo if MESSAGE_BYTES is not 0, and says "open". After the next byte of
// its input it prints the processor microseconds that the server takes in a second of idleness. Ends when its input does.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef TLS
#include <openssl/ssl.h>
#endif

enum { IDLE_SECONDS = 5 };

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void raise_limit(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files)) fail("getrlimit");
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files)) fail("setrlimit");
}

#ifdef TLS
// The connection stays as it is when what this side knows of TLS is forgotten: it is the server's memory that counts.
static void echo(int fd, char *buffer, int bytes) {
    static SSL_CTX *context;
    if (!context) context = SSL_CTX_new(TLS_client_method());
    SSL *tls = SSL_new(context);
    SSL_set_quiet_shutdown(tls, 1);
    if (!SSL_set_fd(tls, fd) || SSL_connect(tls) != 1) fail("handshake");
    if (bytes > 0 && SSL_write(tls, buffer, bytes) != bytes) fail("write");
    for (int n = 0; n < bytes;) {
        int piece = SSL_read(tls, buffer + n, bytes - n);
        if (piece <= 0) fail("read");
        n += piece;
    }
    SSL_free(tls);
}
#else
static void echo(int fd, char *buffer, int bytes) {
    if (bytes == 0) return;
    if (send(fd, buffer, bytes, MSG_NOSIGNAL) != bytes) fail("send");
    if (recv(fd, buffer, bytes, MSG_WAITALL) != bytes) fail("recv");
}
#endif

static long long clock_nanos(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time)) fail("clock_gettime");
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void say_idle_micros(int server_pid) {
    clockid_t server;
    if (clock_getcpuclockid(server_pid, &server)) fail("clock of the server's process");
    long long begin = clock_nanos(server);
    sleep(IDLE_SECONDS);
    printf("%lld\n", (clock_nanos(server) - begin) / IDLE_SECONDS / 1000);
    fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: idle_clients PORT CONNECTIONS MESSAGE_BYTES SERVER_PID\n");
        return 2;
    }
    raise_limit();
    int bytes = atoi(argv[3]);
    char *buffer = calloc(1, bytes + 1);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < atoi(argv[2]); i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0) fail("socket");
        if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
        echo(fd, buffer, bytes);
    }
    puts("open");
    fflush(stdout);
    while (read(0, buffer, 1) > 0) say_idle_micros(atoi(argv[4]));
    return 0;
}
