import { startDesktopMonitor } from '#main/app/desktop-monitor.ts';
import { startDesktop } from './shell/desktop.ts';

startDesktop({ startMonitor: startDesktopMonitor });
