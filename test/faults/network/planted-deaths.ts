/** Plays a few deaths of connections with the defect of FAULT_PLANT, and writes what is wrong to stdout as JSON. */
import { dieAndCount } from './deaths.ts';

const { wrong } = await dieAndCount(3, Number(process.argv[2]));
process.stdout.write(JSON.stringify(wrong));
