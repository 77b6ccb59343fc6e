/* The pause container: holds the namespaces of a pod and reaps its orphans. `kubeadm upgrade` runs it with -v in a health check. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
static void down(int s) { _exit(0); }
static void reap(int s) { while (waitpid(-1, 0, WNOHANG) > 0); }
int main(int argc, char **argv) {
  if (argc > 1 && !strncmp(argv[1], "-v", 2)) return write(1, "pause\n", 6) != 6;
  struct sigaction a = {.sa_handler = down};
  sigaction(SIGINT, &a, 0); sigaction(SIGTERM, &a, 0);
  a.sa_handler = reap; a.sa_flags = SA_NOCLDSTOP; sigaction(SIGCHLD, &a, 0);
  for (;;) pause();
}
