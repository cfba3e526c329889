@echo off
rem The command line of an installed Salescope: salescope analyze sales.csv --out results
rem Called from a script, cmd.exe waits for a program with windows too, and hands its exit code on.
"%~dp0..\..\Salescope.exe" --cli -- %*
exit /b %ERRORLEVEL%
