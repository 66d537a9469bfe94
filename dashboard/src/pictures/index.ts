// Every picture, in the order in which a page shows them.

import type { Picture } from "../picture";
import { claims } from "./claims";
import { coverage } from "./coverage";
import { flow } from "./flow";
import { ladder } from "./ladder";
import { loss } from "./loss";
import { made } from "./made";
import { map } from "./map";
import { stops } from "./stops";
import { wall } from "./wall";

export const PICTURES: Picture[] = [loss, ladder, wall, stops, made, map, flow, claims, coverage];
