/** The seed named in the environment, else one of the moment; whoever takes it prints it. */
export function chooseSeed(): number {
  const named = Number(process.env['FAPIAO_SEED']);
  return Number.isInteger(named) && named > 0 ? named : Math.floor(Math.random() * 2 ** 31) + 1;
}
