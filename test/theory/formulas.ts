// Closed forms. Time unit: seconds.

/** The probability that an arrival has to wait (Erlang C); `load` = λ/μ. */
export function erlangC(servers: number, load: number): number {
  let blocking = 1; // Erlang B by its recursion
  for (let c = 1; c <= servers; c++) blocking = (load * blocking) / (c + load * blocking);
  const rho = load / servers;
  return blocking / (1 - rho * (1 - blocking));
}

/** Mean time in an M/M/c system. */
export function mmcSojourn(servers: number, rho: number, service: number): number {
  return service + (erlangC(servers, rho * servers) * service) / (servers * (1 - rho));
}

/**
 * The probability that an arrival of an M/M/c/K system finds all `room` places taken; `load` = λ/μ. Weights of the
 * states 0, 1, 2, … are multiplied up from one another.
 */
export function mmckBlocking(servers: number, room: number, load: number): number {
  let weight = 1;
  let sum = 1;
  for (let n = 1; n <= room; n++) sum += weight *= load / Math.min(n, servers);
  return weight / sum;
}

/** Mean time in an M/G/1 system (Pollaczek, Khinchine); `cv`: standard deviation over mean of the service. */
export function mg1Sojourn(rho: number, service: number, cv: number): number {
  return service + ((rho * service) / (1 - rho)) * ((1 + cv * cv) / 2);
}

export interface RatePhase {
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Mean number in an Mt/M/∞ system that starts empty, at the end of the phases (Eick, Massey, Whitt
 * 1993): m' = λ(t) - m/S, solved for a rate that runs in straight lines.
 */
export function mtMInfinity(phases: readonly RatePhase[], service: number): number {
  let m = 0;
  for (const { seconds, from, to } of phases) {
    const slope = (to - from) / seconds;
    const settled = (rate: number): number => service * (rate - slope * service);
    m = settled(to) + (m - settled(from)) * Math.exp(-seconds / service);
  }
  return m;
}

/** When the last of `burst` messages of one instant is done: (B - c)/(cμ) + H_c/μ, exponential service. */
export function burstDrain(burst: number, servers: number, service: number): number {
  let harmonic = 0;
  for (let c = 1; c <= servers; c++) harmonic += 1 / c;
  return service * ((burst - servers) / servers + harmonic);
}
