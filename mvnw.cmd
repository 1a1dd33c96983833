@echo off
rem Runs Maven for this project on Windows, as mvnw does elsewhere: the one on the PATH if it is 3.8 or newer, else
rem the one pinned in .mvn\maven.properties, which is downloaded once, checked against its SHA-512 and kept.
rem
rem   MVNW_CACHE  folder of downloaded Mavens (default: .m2\distributions in the user's home)
rem   MVNW_URL    address of the archive, for mirrors (default: the Apache archive; file:/// works too)
rem   JAVA_HOME   the JDK to use (default: the java on the PATH)
rem
rem A change here is a change in mvnw. Needs curl, tar and certutil of Windows 10 or newer.
setlocal EnableExtensions DisableDelayedExpansion

set "project=%~dp0"
set "tools=%SystemRoot%\System32"

if not defined JAVA_HOME goto javaOnPath
if exist "%JAVA_HOME%\bin\javac.exe" goto mavenOnPath
>&2 echo mvnw: JAVA_HOME is not the folder of a JDK: "%JAVA_HOME%"
>&2 echo mvnw: set it to that of a JDK, 17 or newer, or unset it to use the java on the PATH
exit /b 1

:javaOnPath
for %%j in (java.exe) do if not "%%~$PATH:j"=="" goto mavenOnPath
>&2 echo mvnw: no java on the PATH
>&2 echo mvnw: install a JDK, 17 or newer, or set JAVA_HOME to its folder
exit /b 1

:mavenOnPath
set "maven="
for %%m in (mvn.cmd) do set "maven=%%~$PATH:m"
if not defined maven goto pinned
call :versions
if not defined mavenVersion goto pinned
for /f "tokens=1,2 delims=." %%a in ("%mavenVersion%") do (
  if %%a gtr 3 goto run
  if %%a equ 3 if %%b geq 8 goto run
)
>&2 echo mvnw: "%maven%" is Maven %mavenVersion%, older than 3.8, so it is not used

:pinned
for /f "usebackq tokens=1,* delims==" %%k in ("%project%.mvn\maven.properties") do (
  if "%%k"=="version" set "version=%%l"
  if "%%k"=="sha512" set "expected=%%l"
)
set "cache=%MVNW_CACHE%"
if not defined cache set "cache=%USERPROFILE%\.m2\distributions"
set "folder=%cache%\apache-maven-%version%"
set "maven=%folder%\bin\mvn.cmd"
if not exist "%maven%" call :install || exit /b 1
call :versions
if defined mavenVersion goto run
>&2 echo mvnw: JAVA_HOME must be a JDK, 17 or newer; now it is "%JAVA_HOME%"
>&2 echo mvnw: delete "%folder%" to download Maven again
exit /b 1

rem Libraries inside Maven use methods that newer JDKs warn about at each start; older JDKs do not know the option.
:run
for /f "delims=." %%a in ("%javaVersion%") do if %%a geq 24 set "MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"
rem Without call, which would change carets and percent signs in the arguments: this file ends with Maven's exit code.
"%maven%" %*

rem Sets mavenVersion and javaVersion from what Maven says of itself; if it does not run, shows why.
:versions
set "mavenVersion="
set "javaVersion="
set "output=%TEMP%\mvnw-%RANDOM%%RANDOM%.txt"
call "%maven%" --version >"%output%" 2>&1
for /f "tokens=3" %%v in ('findstr /b /c:"Apache Maven " "%output%"') do set "mavenVersion=%%v"
for /f "tokens=3 delims=:, " %%v in ('findstr /b /c:"Java version: " "%output%"') do set "javaVersion=%%v"
if defined mavenVersion goto versionsKnown
>&2 echo mvnw: "%maven%" does not run, so it is not used; mvn --version said:
>&2 type "%output%"
:versionsKnown
del "%output%"
exit /b 0

rem Downloads the pinned Maven into a scratch folder and moves it into place only once it is checked.
:install
set "url=%MVNW_URL%"
if not defined url set "url=https://archive.apache.org/dist/maven/maven-3/%version%/binaries/apache-maven-%version%-bin.tar.gz"
set "scratch=%cache%\.download.%RANDOM%%RANDOM%"
mkdir "%scratch%" || goto notWritable

>&2 echo mvnw: downloading Maven %version%
"%tools%\curl.exe" --fail --silent --show-error --location --retry 3 --output "%scratch%\maven.tar.gz" "%url%" || goto notDownloaded

rem The second line of certutil's output is the sum, which older versions print with blanks in it.
set "actual="
for /f "skip=1 delims=" %%h in ('%tools%\certutil.exe -hashfile "%scratch%\maven.tar.gz" SHA512') do if not defined actual set "actual=%%h"
if not defined actual goto notTheArchive
set "actual=%actual: =%"
if /i not "%actual%"=="%expected%" goto notTheArchive

"%tools%\tar.exe" -xzf "%scratch%\maven.tar.gz" -C "%scratch%" || goto notUnpacked
if not exist "%folder%\" move "%scratch%\apache-maven-%version%" "%folder%" >nul || goto notWritable
rmdir /s /q "%scratch%"
exit /b 0

:notDownloaded
>&2 echo mvnw: cannot download "%url%"
>&2 echo mvnw: set MVNW_URL to a copy of apache-maven-%version%-bin.tar.gz, https:// or file:///,
>&2 echo mvnw: or put a Maven 3.8 or newer on the PATH
goto notInstalled

:notTheArchive
>&2 echo mvnw: SHA-512 of "%url%" is not the one in .mvn\maven.properties
>&2 echo mvnw: expected %expected%
>&2 echo mvnw: but got  %actual%
>&2 echo mvnw: MVNW_URL must lead to apache-maven-%version%-bin.tar.gz itself; did a proxy answer in its place?
goto notInstalled

:notUnpacked
>&2 echo mvnw: cannot unpack "%url%"; is there room left in "%cache%"?
goto notInstalled

:notWritable
>&2 echo mvnw: cannot write to "%cache%"
>&2 echo mvnw: set MVNW_CACHE to a folder that can be written

:notInstalled
if exist "%scratch%\" rmdir /s /q "%scratch%"
exit /b 1
