// Every picture, in the order in which a page shows them.

import type { Picture } from "../picture";
import { calendar } from "./calendar";
import { causes } from "./causes";
import { changes } from "./changes";
import { claims } from "./claims";
import { coverage } from "./coverage";
import { curve } from "./curve";
import { exceedance } from "./exceedance";
import { fan } from "./fan";
import { flow } from "./flow";
import { ladder } from "./ladder";
import { loss } from "./loss";
import { made } from "./made";
import { map } from "./map";
import { masses } from "./masses";
import { quarters } from "./quarters";
import { ranking } from "./ranking";
import { risks } from "./risks";
import { stops } from "./stops";
import { survival } from "./survival";
import { wall } from "./wall";

export const PICTURES: Picture[] = [risks, changes, masses, curve, causes, calendar, fan, exceedance, survival, quarters, ranking, loss, ladder, wall, stops, made, map, flow, claims, coverage];
