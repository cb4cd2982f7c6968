<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>FolderWords</name>
    <message numerus="yes">
        <source>%Ln earlier results left out</source>
        <translation>
            <numerusform>%Ln earlier result left out</numerusform>
            <numerusform>%Ln earlier results left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message numerus="yes">
        <source>%Ln of them failed.</source>
        <translation>
            <numerusform>%Ln of them failed.</numerusform>
            <numerusform>%Ln of them failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures are done.</source>
        <translation>
            <numerusform>%Ln picture is done.</numerusform>
            <numerusform>%Ln pictures are done.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PicturesStep</name>
    <message numerus="yes">
        <source>%Ln of them are smaller than {} pixels on a side, too small for this goal; they are left out.</source>
        <translation>
            <numerusform>%Ln of them is smaller than {} pixels on a side, too small for this goal; it is left out.</numerusform>
            <numerusform>%Ln of them are smaller than {} pixels on a side, too small for this goal; they are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message numerus="yes">
        <source>The first {} pictures are open, %Ln more are not.</source>
        <translation>
            <numerusform>The first {} pictures are open, %Ln more is not.</numerusform>
            <numerusform>The first {} pictures are open, %Ln more are not.</numerusform>
        </translation>
    </message>
</context>
</TS>
