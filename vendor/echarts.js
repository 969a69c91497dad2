// The parts of ECharts that zhanggui/web/charts draws with, and no other.
import * as core from "echarts/core";
import { BarChart, HeatmapChart, LineChart, RadarChart, SankeyChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, CalendarComponent, GeoComponent, GridComponent, MarkLineComponent,
  TooltipComponent, VisualMapPiecewiseComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

core.use([
  AriaComponent, BarChart, CalendarComponent, CanvasRenderer, GeoComponent, GridComponent, HeatmapChart, LabelLayout,
  LineChart, MarkLineComponent, RadarChart, SankeyChart, ScatterChart, TooltipComponent, VisualMapPiecewiseComponent,
]);

export const { getMap, init, registerMap, version } = core;
