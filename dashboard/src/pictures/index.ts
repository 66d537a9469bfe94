// Every picture, in the order in which a page shows them.

import type { Picture } from "../picture";
import { calendar } from "./calendar";
import { causes } from "./causes";
import { changes } from "./changes";
import { claims } from "./claims";
import { coverage } from "./coverage";
import { curve } from "./curve";
import { flow } from "./flow";
import { ladder } from "./ladder";
import { loss } from "./loss";
import { made } from "./made";
import { map } from "./map";
import { masses } from "./masses";
import { risks } from "./risks";
import { stops } from "./stops";
import { wall } from "./wall";

export const PICTURES: Picture[] = [risks, changes, masses, curve, causes, calendar, loss, ladder, wall, stops, made, map, flow, claims, coverage];
