; Inno Setup script: makes dist\sr-desktop-setup.exe from dist\sr-desktop. Untested: we have no Windows machine.
;
;     python build\freeze.py --no-archive
;     iscc /DVersion=0.1.0 build\windows\installer.iss

#ifndef Version
  #error Say /DVersion=…
#endif

[Setup]
AppId={{6D2B6A0C-5B0D-4B43-9C57-6C1E3B9D7A11}
AppName=sr_desktop
AppVersion={#Version}
AppPublisher=The sr_desktop authors
DefaultDirName={autopf}\sr_desktop
DefaultGroupName=sr_desktop
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=sr-desktop-setup
SetupIconFile=..\..\.cache\freeze\sr-desktop.ico
UninstallDisplayIcon={app}\sr-desktop.exe
Compression=lzma2
SolidCompression=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes

[Files]
Source: "..\..\dist\sr-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\sr_desktop"; Filename: "{app}\sr-desktop.exe"

[Registry]
; "Open with" for the pictures it reads; nothing is taken from the program that opens them now.
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\shell\open\command"; ValueType: string; ValueData: """{app}\sr-desktop.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".apng"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".avif"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".avifs"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".bmp"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".dib"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".gif"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".jfif"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".jpe"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".mpo"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".png"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"
Root: HKA; Subkey: "Software\Classes\Applications\sr-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"
