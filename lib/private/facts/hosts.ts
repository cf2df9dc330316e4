/**
 * Hosts that the internet does not reach: of the machine itself, of private networks, and of internal Application and
 * Classic Load Balancers.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export const PRIVATE_HOSTS: readonly RegExp[] = [
  /^localhost$/,
  /^127(\.\d{1,3}){3}$/,
  /^10(\.\d{1,3}){3}$/,
  /^172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}$/,
  /^192\.168(\.\d{1,3}){2}$/,
  /^169\.254(\.\d{1,3}){2}$/,
  /^internal-[a-z0-9-]+\.[a-z0-9-]+\.elb\.amazonaws\./,
];
